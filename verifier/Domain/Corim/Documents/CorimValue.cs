namespace IotAttest.Domain.Corim.Documents;

/// <summary>A value whose tag says what it is.</summary>
/// <param name="Kind"><c>uuid</c>, <c>oid</c>, <c>bytes</c>, <c>ueid</c>, <c>uri</c>, <c>uint</c>, <c>text</c>, or a kind of key:
/// <c>pkix-key</c>, <c>pkix-cert</c>, <c>pkix-cert-path</c>, <c>key-thumbprint</c>, <c>cose-key</c>, <c>cert-thumbprint</c>,
/// <c>cert-path-thumbprint</c>, <c>der-cert</c>.</param>
/// <param name="Text">The value as text: bytes in lower-case hex, thumbprints as algorithm, colon, hex.</param>
public sealed record CorimValue(string Kind, string Text);
