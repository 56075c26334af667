using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Products;
using IotAttest.Domain.Recognition;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Tests.Products;

public sealed class CoverageMatrixTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly CertificateStanding InForce = new(CertificateStatus.Certified, true, Now, null, null);

    [Fact]
    public void Every_word_of_a_recognition_rule_is_a_category_of_products() => Assert.All(
        RecognitionRules.Default.SelectMany(rule => rule.Categories.Include.Concat(rule.Categories.Exclude)),
        word => Assert.True(ProductCategories.IsKnown(word), word));

    [Fact]
    public void Categories_are_in_order_and_without_doubles() => Assert.Equal(ProductCategories.All.Distinct().Order(StringComparer.Ordinal), ProductCategories.All);

    [Fact]
    public void The_best_of_several_certificates_speaks_for_each_scheme_and_none_starts_a_chain()
    {
        Dictionary<string, CoverageCell> matrix = Matrix(("DE-1", "de-it-sik", "label"), ("CLS-1", "sg-cls", "1"), ("CLS-2", "sg-cls", "2"));

        Assert.Equal((RecognitionResult.Certified, "2", "CLS-2"), (matrix["sg-cls"].Cell.Result, matrix["sg-cls"].Cell.Level, matrix["sg-cls"].Certificate));
        Assert.Equal((RecognitionResult.Certified, "DE-1"), (matrix["de-it-sik"].Cell.Result, matrix["de-it-sik"].Certificate));
        Assert.Equal(RecognitionResult.Deemed, matrix["uk-psti"].Cell.Result);
        Assert.Equal((RecognitionResult.None, "rr-sg-kr-2025"), (matrix["kr-cic"].Cell.Result, matrix["kr-cic"].Cell.Rule!.Id));
        Assert.Equal(RecognitionResult.None, Matrix(("DE-1", "de-it-sik", "label"))["uk-psti"].Cell.Result);
    }

    [Fact]
    public void A_build_without_certificates_has_a_cell_and_a_reason_for_each_real_scheme()
    {
        CoverageCell[] matrix = [.. Matrix().Values];

        Assert.Equal(SchemeCatalogue.Default.Schemes.Where(scheme => !scheme.IsFictitious).Select(scheme => scheme.Id), matrix.Select(cell => cell.Cell.Scheme));
        Assert.All(matrix, cell => Assert.Equal((RecognitionResult.None, null, "No certificate names this build."), (cell.Cell.Result, cell.Certificate, cell.Cell.Why)));
    }

    [Fact]
    public void A_made_up_scheme_has_a_cell_only_where_a_certificate_was_issued_under_it()
    {
        Assert.Equal((RecognitionResult.Certified, "D-1"), (Matrix(("D-1", "demo", "basic"))["demo"].Cell.Result, Matrix(("D-1", "demo", "basic"))["demo"].Certificate));
        Assert.False(Matrix(("CLS-2", "sg-cls", "2")).ContainsKey("demo"));
    }

    [Fact]
    public void A_certificate_that_is_not_in_force_covers_nothing()
    {
        CertificateStanding withdrawn = new(CertificateStatus.Withdrawn, false, Now, null, null);
        KeyValuePair<string, RecognitionSubject>[] certificates = [new("CLS-2", new("sg-cls", "2", ["thermostat"], withdrawn)), new("D-1", new("demo", "basic", [], withdrawn))];

        Assert.All(CoverageMatrix.Of(certificates, RecognitionRules.Default, SchemeCatalogue.Default, Now), cell => Assert.Equal(RecognitionResult.None, cell.Cell.Result));
    }

    private static Dictionary<string, CoverageCell> Matrix(params (string Id, string Scheme, string Level)[] certificates) => CoverageMatrix
        .Of([.. certificates.Select(each => KeyValuePair.Create(each.Id, new RecognitionSubject(each.Scheme, each.Level, ["consumer-smart-device"], InForce)))], RecognitionRules.Default, SchemeCatalogue.Default, Now)
        .ToDictionary(cell => cell.Cell.Scheme);
}
