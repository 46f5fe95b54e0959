"""What people and other programs read: terminal reports, tables, files, JSON documents."""
