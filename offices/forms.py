"""Forms of the admin that look at several parts of a schedule at once."""
