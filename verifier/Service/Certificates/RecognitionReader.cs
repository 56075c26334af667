using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Recognition;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Certificates;

/// <summary>Evaluates recognition for each reader; nothing of it is stored.</summary>
internal sealed class RecognitionReader(CertificateCatalogue catalogue)
{
    /// <summary>What a certificate is worth elsewhere at a moment.</summary>
    /// <exception cref="ProblemException">No such certificate.</exception>
    public RecognitionsView Of(string id, string? jurisdiction, DateTimeOffset moment)
    {
        (CertificateRow row, CertificateLife life) = catalogue.Read(id);
        RecognitionSubject subject = new(row.Scheme, row.Level, row.CategoryWords, life.At(moment));
        IEnumerable<RecognitionCell> cells = RecognitionCheck.Evaluate(subject, RecognitionRules.Default, SchemeCatalogue.Default, moment);
        return new RecognitionsView(row.Id, UtcText.Of(moment), [.. cells.Select(RecognitionView.Of).Where(view => Jurisdictions.Matches(view.Jurisdiction, jurisdiction))]);
    }

    /// <summary>All rules, with what is in force at a moment.</summary>
    public static RecognitionRulesView Rules(string? jurisdiction, DateTimeOffset moment)
    {
        IEnumerable<RecognitionRuleView> rules = RecognitionRules.Default.Select(rule => RecognitionRuleView.Of(rule, moment));
        return new RecognitionRulesView(UtcText.Of(moment), [.. rules.Where(rule => Jurisdictions.Matches(rule.To.Jurisdiction, jurisdiction))]);
    }
}
