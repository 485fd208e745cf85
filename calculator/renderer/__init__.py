"""Draw cards in processes of their own: a photo is a stranger's input to a C library.

`pool` and `process` are the parent's side; `child`, `confinement` and `seccomp` are the child's.
"""
