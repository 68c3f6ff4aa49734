"""What pages and the API ask of casework (业务查询): desks, lists, months. Every query starts from a scope that access gives."""
