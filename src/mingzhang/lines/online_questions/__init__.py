"""Online questions (法指针): residents ask, lawyers, mediators and community workers answer, by the clock of service hours."""
