"""Terms the English must obey: what they are, how files hold them, how obedience is checked."""
