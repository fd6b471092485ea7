"""The identity vault: who a person is, sealed under a key of the case, apart from everything else.

Serves: X02 R109.
"""
