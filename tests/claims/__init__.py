"""What must hold of claims."""
