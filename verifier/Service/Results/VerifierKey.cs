using System.Security.Cryptography;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Results;

/// <summary>The verifier's own P-256 key: signs attestation results and epoch markers. Lies in the data directory, mode 0600.</summary>
internal sealed class VerifierKey : IDisposable
{
    private readonly ThreadLocal<ECDsa> _signers;

    public VerifierKey(DataDirectory directory)
    {
        string pem = directory.ReadOrCreateSecret("verifier-key.pem", CreatePem);
        _signers = new ThreadLocal<ECDsa>(() => Import(pem), trackAllValues: true);
    }

    /// <summary>The key, one object per thread: <see cref="ECDsa"/> promises nothing about concurrent use.</summary>
    public ECDsa Signer => _signers.Value!;

    public void Dispose()
    {
        foreach (ECDsa signer in _signers.Values)
        {
            signer.Dispose();
        }

        _signers.Dispose();
    }

    private static string CreatePem()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static ECDsa Import(string pem)
    {
        ECDsa key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key;
    }
}
