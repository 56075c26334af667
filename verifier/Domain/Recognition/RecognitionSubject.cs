using System.Collections.Immutable;
using IotAttest.Domain.Certificates;

namespace IotAttest.Domain.Recognition;

/// <summary>A certificate as recognition sees it.</summary>
/// <param name="Scheme">Its own scheme; nothing that another scheme made of it.</param>
/// <param name="Level">Its level.</param>
/// <param name="Categories">The categories of the product, as the body signed them; empty when it named none.</param>
/// <param name="Standing">How it stands at the time in question.</param>
public sealed record RecognitionSubject(string Scheme, string Level, ImmutableArray<string> Categories, CertificateStanding Standing);
