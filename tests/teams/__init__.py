"""Who may do what in which team."""
