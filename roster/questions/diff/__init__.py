"""What two rosters of one scenario differ in: `answer` works it out."""
