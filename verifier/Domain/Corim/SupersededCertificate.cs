namespace IotAttest.Domain.Corim;

/// <summary>The certificate that another one takes the place of.</summary>
/// <param name="CertificateId">Its id.</param>
/// <param name="IsMinorChange">True when the product hardly changed: the new certificate then keeps the old end of validity.</param>
public sealed record SupersededCertificate(string CertificateId, bool IsMinorChange);
