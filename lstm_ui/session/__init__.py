"""What a reader has before them: numbers, place, choices; and what each event does."""
