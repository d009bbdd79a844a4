"""Short written answers in English and Korean: choices, terms, numbers, ideas."""
