"""What applies to every request: limits, headers, errors, logs, caches."""
