"""The teacher's window beside a lecture: notes, the next step, a clock."""
