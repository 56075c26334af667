using System.Reflection;
using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Results;

namespace IotAttest.Service.Results;

/// <summary>Signs verdicts as attestation results.</summary>
internal sealed class ResultSigner(VerifierKey key, TimeProvider clock)
{
    private static readonly string Build = typeof(ResultSigner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>EAR as CWT, for boards.</summary>
    public byte[] SignCwt(string ueid, Verdict verdict, ReadOnlyMemory<byte> nonce) => EarCwt.Sign(Result(ueid, verdict, nonce), key.Signer);

    /// <summary>EAR as JWT, for people and gates.</summary>
    public string SignJwt(string ueid, Verdict verdict, ReadOnlyMemory<byte> nonce) => EarJwt.Sign(Result(ueid, verdict, nonce), key.Signer);

    private AttestationResult Result(string ueid, Verdict verdict, ReadOnlyMemory<byte> nonce) => new(ueid, verdict, nonce, clock.GetUtcNow(), Build);
}
