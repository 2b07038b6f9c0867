"""Detection power: errors planted into proved sharp statements, and which of them the search catches."""
