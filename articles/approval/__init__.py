"""The approver's queue: the corrections of all articles that wait for a decision."""
