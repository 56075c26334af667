using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Recognition;
using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Domain.Tests.Recognition;

public sealed class RecognitionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly CertificateStanding InForce = new(CertificateStatus.Certified, true, Now, null, null);

    [Fact]
    public void Story_9_cls_level_2_is_deemed_in_the_united_kingdom_recognised_in_germany_and_not_in_korea()
    {
        Dictionary<string, RecognitionCell> matrix = Matrix("sg-cls", "2", ["consumer-smart-device"]);

        Assert.Equal((RecognitionResult.Certified, "2"), (matrix["sg-cls"].Result, matrix["sg-cls"].Level));
        Assert.Equal((RecognitionResult.Deemed, "rr-sg-uk-2025"), (matrix["uk-psti"].Result, matrix["uk-psti"].Rule!.Id));
        Assert.Equal((RecognitionResult.Deemed, "rr-sg-de-2024"), (matrix["de-it-sik"].Result, matrix["de-it-sik"].Rule!.Id));
        Assert.Equal((RecognitionResult.None, "rr-sg-kr-2025"), (matrix["kr-cic"].Result, matrix["kr-cic"].Rule!.Id));
        Assert.Equal("The level is 2; 3 or higher is needed.", matrix["kr-cic"].Why);
        Assert.Equal(RecognitionResult.None, matrix["us-cyber-trust-mark"].Result);
        Assert.NotEmpty(matrix["uk-psti"].Rule!.LegalRef);
    }

    [Fact]
    public void Story_9_a_german_label_counts_as_cls_level_2_and_not_in_the_united_kingdom()
    {
        Dictionary<string, RecognitionCell> matrix = Matrix("de-it-sik", "label", ["consumer-smart-device"]);

        Assert.Equal((RecognitionResult.Deemed, "2"), (matrix["sg-cls"].Result, matrix["sg-cls"].Level));
        Assert.Equal((RecognitionResult.None, null), (matrix["uk-psti"].Result, matrix["uk-psti"].Rule));
    }

    [Fact]
    public void No_result_is_the_start_of_another()
    {
        foreach (Scheme scheme in SchemeCatalogue.Default.Schemes)
        {
            foreach (SchemeLevel level in scheme.Levels)
            {
                Assert.All(Matrix(scheme.Id, level.Code, ["consumer-smart-device"]).Values, cell => Assert.True(cell.Rule is null || cell.Rule.From.Scheme == scheme.Id));
            }
        }
    }

    [Fact]
    public void A_provisional_certificate_is_recognised_nowhere_not_even_under_its_own_scheme()
    {
        CertificateStanding provisional = new(CertificateStatus.Provisional, false, Now, null, null);

        Assert.All(RecognitionRules.Default, rule => Assert.DoesNotContain(CertificateStatus.Provisional, rule.Requires.Status));
        foreach (Scheme scheme in SchemeCatalogue.Default.Schemes)
        {
            RecognitionSubject subject = new(scheme.Id, scheme.Levels[^1].Code, ["consumer-smart-device"], provisional);
            Assert.All(RecognitionCheck.Evaluate(subject, RecognitionRules.Default, SchemeCatalogue.Default, Now), cell => Assert.Equal(RecognitionResult.None, cell.Result));
        }
    }

    [Fact]
    public void Streamlined_is_never_recognised()
    {
        RecognitionCell cell = Matrix("uk-psti", "statement", [])["jp-jc-star"];

        Assert.Equal((RecognitionResult.Streamlined, null), (cell.Result, cell.Level));
    }

    [Theory]
    [InlineData("1", RecognitionResult.None)]
    [InlineData("2", RecognitionResult.Deemed)]
    [InlineData("4", RecognitionResult.Deemed)]
    [InlineData("9", RecognitionResult.None)]
    public void A_level_counts_from_the_lowest_that_the_rule_names(string level, RecognitionResult expected) =>
        Assert.Equal(expected, Matrix("sg-cls", level, ["thermostat"])["de-it-sik"].Result);

    [Theory]
    [InlineData("2025-12-03T23:59:59Z", RecognitionResult.None)]
    [InlineData("2025-12-04T00:00:00Z", RecognitionResult.Deemed)]
    public void A_rule_begins_on_its_day(string at, RecognitionResult expected) =>
        Assert.Equal(expected, Matrix("sg-cls", "1", [], DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture))["uk-psti"].Result);

    [Theory]
    [InlineData("2022-10-19", null)]
    [InlineData("2022-10-20", "rr-de-sg-2022")]
    [InlineData("2024-10-15", "rr-de-sg-2022")]
    [InlineData("2024-10-16", "rr-de-sg-2024")]
    public void A_rule_that_was_replaced_still_answers_for_its_time(string day, string? expected)
    {
        DateTimeOffset at = new(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero);
        RecognitionCell cell = Matrix("de-it-sik", "label", ["thermostat"], at)["sg-cls"];

        Assert.Equal(expected, cell.Result == RecognitionResult.Deemed ? cell.Rule!.Id : null);
    }

    [Theory]
    [InlineData("thermostat", RecognitionResult.Deemed)]
    [InlineData("smart-lock", RecognitionResult.None)]
    [InlineData("", RecognitionResult.None)]
    public void An_excluded_or_unknown_category_does_not_count(string category, RecognitionResult expected) =>
        Assert.Equal(expected, Matrix("de-it-sik", "label", category.Length == 0 ? [] : [category])["sg-cls"].Result);

    [Theory]
    [InlineData("consumer-smart-device", RecognitionResult.Deemed)]
    [InlineData("industrial", RecognitionResult.None)]
    [InlineData("", RecognitionResult.None)]
    public void An_included_category_is_needed(string category, RecognitionResult expected) =>
        Assert.Equal(expected, Matrix("kr-cic", "basic", category.Length == 0 ? [] : [category])["sg-cls"].Result);

    [Theory]
    [InlineData("sg-cls", "3", "fi-label")]
    [InlineData("jp-jc-star", "star-4", "sg-cls")]
    [InlineData("us-cyber-trust-mark", "mark", "eu-cra")]
    public void Dormant_unverified_and_planned_rules_give_nothing(string scheme, string level, string to)
    {
        RecognitionCell cell = Matrix(scheme, level, ["consumer-smart-device"])[to];

        Assert.Equal(RecognitionResult.None, cell.Result);
        Assert.NotEqual(RecognitionState.InForce, cell.Rule!.State);
    }

    [Theory]
    [InlineData(CertificateStatus.Suspended)]
    [InlineData(CertificateStatus.Withdrawn)]
    [InlineData(CertificateStatus.Expired)]
    [InlineData(null)]
    public void A_certificate_out_of_force_is_recognised_nowhere(CertificateStatus? status)
    {
        RecognitionSubject subject = new("sg-cls", "4", ["consumer-smart-device"], new CertificateStanding(status, false, null, null, null));

        Assert.All(RecognitionCheck.Evaluate(subject, RecognitionRules.Default, SchemeCatalogue.Default, Now), cell => Assert.Equal(RecognitionResult.None, cell.Result));
    }

    [Fact]
    public void Every_rule_is_whole_names_schemes_and_levels_that_exist_and_has_its_source()
    {
        Assert.Equal(RecognitionRules.Default.Length, RecognitionRules.Default.Select(rule => rule.Id).Distinct().Count());
        Assert.All(RecognitionRules.Default, rule =>
        {
            Assert.NotEmpty(rule.LegalRef);
            Assert.NotEmpty(rule.Gives);
            Assert.NotNull(SchemeCatalogue.Default.Find(rule.From.Scheme));
            Assert.NotNull(SchemeCatalogue.Default.Find(rule.To.Scheme));
            Assert.All(new[] { rule.From, rule.To }.Where(side => side.Level is not null), side => Assert.NotNull(SchemeCatalogue.Default.FindLevel(side.Scheme, side.Level!)));
            Assert.True(rule.State != RecognitionState.InForce || rule is { From.Level: not null, To.Level: not null, EffectiveFrom: not null });
        });
    }

    private static Dictionary<string, RecognitionCell> Matrix(string scheme, string level, string[] categories, DateTimeOffset? at = null) =>
        RecognitionCheck.Evaluate(new RecognitionSubject(scheme, level, [.. categories], InForce), RecognitionRules.Default, SchemeCatalogue.Default, at ?? Now).ToDictionary(cell => cell.Scheme);
}
