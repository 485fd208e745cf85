"""What every request passes: limits, headers, errors, logs, caches."""
