"""Signing in at the office's own identity provider: OpenID Connect, code flow.

The sign-in package's own provider takes an ID token unseen when it comes straight from the token
endpoint: no signature, no nonce. This one checks both (`tokens.py`), takes nothing of what it
asks for from the address that calls it, and signs in known accounts only (`linking.py`).
"""
