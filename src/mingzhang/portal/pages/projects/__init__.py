"""Projects (项目): the list with budget and spending, one as a form."""
