using System.Collections.Immutable;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Recognition;

namespace IotAttest.Domain.Products;

/// <summary>One build, many markets: what all certificates of a build are worth under each scheme.</summary>
public static class CoverageMatrix
{
    /// <summary>Evaluates a build.</summary>
    /// <param name="certificates">Its certificates by id, as recognition sees them.</param>
    /// <param name="rules">The recognition rules.</param>
    /// <param name="schemes">The schemes.</param>
    /// <param name="at">The moment.</param>
    /// <returns>One cell for each scheme that is not made up, and for each made-up one that a certificate of the build was issued under; in the
    /// order of the catalogue. Each certificate is evaluated for itself, so that nothing one of them gives starts another recognition.</returns>
    public static ImmutableArray<CoverageCell> Of(
        IReadOnlyCollection<KeyValuePair<string, RecognitionSubject>> certificates, IReadOnlyCollection<RecognitionRule> rules, SchemeCatalogue schemes, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(schemes);
        CoverageCell[] candidates = [.. certificates.SelectMany(entry => RecognitionCheck.Evaluate(entry.Value, rules, schemes, at).Select(cell => new CoverageCell(cell, entry.Key)))];
        IEnumerable<CoverageCell> real = schemes.Schemes.Where(scheme => !scheme.IsFictitious).Select(scheme => Best(scheme, candidates));
        IEnumerable<CoverageCell> fictitious = schemes.Schemes
            .Where(scheme => scheme.IsFictitious && certificates.Any(entry => entry.Value.Scheme == scheme.Id))
            .Select(scheme => Own(scheme.Id, certificates));
        return [.. real, .. fictitious];
    }

    // Where nothing counts, the reason that names a rule says more than "no rule".
    private static CoverageCell Best(Scheme scheme, CoverageCell[] candidates) => candidates
        .Where(candidate => candidate.Cell.Scheme == scheme.Id)
        .OrderBy(candidate => candidate.Cell.Result)
        .ThenByDescending(candidate => scheme.Levels.FirstOrDefault(level => level.Code == candidate.Cell.Level)?.Ordinal ?? 0)
        .ThenBy(candidate => candidate.Cell.Rule is null)
        .FirstOrDefault() ?? new CoverageCell(new RecognitionCell(scheme.Id, null, RecognitionResult.None, null, new("noCertificate", "No certificate names this build.")), null);

    private static CoverageCell Own(string scheme, IReadOnlyCollection<KeyValuePair<string, RecognitionSubject>> certificates)
    {
        (string id, RecognitionSubject subject) = certificates.Where(entry => entry.Value.Scheme == scheme).OrderByDescending(entry => entry.Value.Standing.IsInForce).First();
        return subject.Standing.IsInForce
            ? new CoverageCell(new RecognitionCell(scheme, subject.Level, RecognitionResult.Certified, null, RecognitionReason.Own), id)
            : new CoverageCell(new RecognitionCell(scheme, null, RecognitionResult.None, null, RecognitionReason.OwnNotInForce), id);
    }
}
