"""What is random: samples compared with real data, and agents that act."""
