using IotAttest.Domain.Devices;

namespace IotAttest.Domain.Certificates.Schemes;

/// <summary>One level of a scheme.</summary>
/// <param name="Code">How certificates name it.</param>
/// <param name="Ordinal">Order within the scheme, from 1; higher is more.</param>
/// <param name="EvaluationType">How it is assessed.</param>
/// <param name="MinEvidenceStrength">The weakest evidence that counts here: a rule of this verifier, no real scheme knows it.</param>
/// <param name="MaxEvidenceAge">The oldest evidence that counts, a rule of this verifier too; null where its general policy alone decides.</param>
public sealed record SchemeLevel(string Code, int Ordinal, EvaluationType EvaluationType, EvidenceStrength MinEvidenceStrength, TimeSpan? MaxEvidenceAge);
