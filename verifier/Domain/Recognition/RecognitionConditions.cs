using System.Collections.Immutable;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Recognition;

/// <summary>What the certificate must satisfy.</summary>
/// <param name="Status">One of these.</param>
/// <param name="Unexpired">True when it must be in force at the time.</param>
public sealed record RecognitionConditions(ImmutableArray<CertificateStatus> Status, bool Unexpired);
