"""Draw cards in separate processes, because C libraries decode files that strangers send.

The site runs `pool`, `children` and `process`; each child runs `child`, `confinement` and
`seccomp`.
"""
