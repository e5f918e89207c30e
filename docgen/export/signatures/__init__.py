"""Where a PDF is signed: empty signature fields at the labels of signature blocks, signing, and verifying.

`places.py` finds the labels on the laid-out pages, `fields.py` puts an empty field beside each, `sign.py` signs one
field with a certificate (PAdES), `verify.py` says what the signatures of a file are worth.
"""

from docgen.export.signatures.sign import Credentials, SignatureField, read_fields, sign_field
from docgen.export.signatures.verify import Signature, revisions, verify

__all__ = ["Credentials", "Signature", "SignatureField", "read_fields", "revisions", "sign_field", "verify"]
