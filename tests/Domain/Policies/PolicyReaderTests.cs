using System.Text;
using System.Text.Json.Nodes;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Devices;
using IotAttest.Domain.Policies;

namespace IotAttest.Domain.Tests.Policies;

public sealed class PolicyReaderTests
{
    private static readonly string Valid = PolicyDocument.Write(ShippedPolicies.Book.Find("demo", "high")!).ToJsonString();

    [Fact]
    public void A_document_reads_back_to_the_same_policy()
    {
        foreach (EvidencePolicy policy in ShippedPolicies.All)
        {
            Assert.True(PolicyReader.TryRead(Encoding.UTF8.GetBytes(PolicyDocument.Write(policy).ToJsonString()), out EvidencePolicy? read, out _));
            Assert.Equal(policy, read);
        }
    }

    [Fact]
    public void Every_level_of_every_scheme_has_a_shipped_policy_that_says_what_the_scheme_says()
    {
        foreach (Scheme scheme in SchemeCatalogue.Default.Schemes)
        {
            foreach (SchemeLevel level in scheme.Levels)
            {
                EvidencePolicy policy = ShippedPolicies.Book.Find(scheme.Id, level.Code)!;
                Assert.Equal((level.MinEvidenceStrength, level.MaxEvidenceAge), (policy.MinimumEvidenceStrength, policy.MaximumEvidenceAge));
            }
        }

        Assert.Equal(1 + SchemeCatalogue.Default.Schemes.Sum(scheme => scheme.Levels.Length), ShippedPolicies.Book.Policies.Length);
        Assert.Equal("urn:iotattest:policy:default:v1", ShippedPolicies.Book.General.Name);
    }

    // lessons.md section 2, 12: a default policy once named a claim with a hyphen where the code used an underscore, and nothing complained.
    [Theory]
    [InlineData("minimumEvidenceStrength", "minimum-evidence-strength")]
    [InlineData("minimumEvidenceStrength", "minimum_evidence_strength")]
    [InlineData("requiredBootFacts", "required.boot.facts")]
    [InlineData("maximumPatchDays", "MaximumPatchDays")]
    public void Lesson_12_a_member_in_another_spelling_is_refused_and_told_its_name(string right, string wrong)
    {
        PolicyError error = Refuse(Valid.Replace($"\"{right}\"", $"\"{wrong}\"", StringComparison.Ordinal));

        Assert.Contains(wrong, error.Seen, StringComparison.Ordinal);
        Assert.Contains(right, error.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hardware-rooted", "hardware_rooted")]
    [InlineData("secureBoot", "secure-boot")]
    [InlineData("debugDisabled", "debug_disabled")]
    [InlineData("HMAC256", "HMAC-256")]
    [InlineData("ES256", "es256")]
    public void Lesson_12_a_word_in_another_spelling_is_refused_and_told_its_form(string right, string wrong)
    {
        PolicyError error = Refuse(Valid.Replace($"\"{right}\"", $"\"{wrong}\"", StringComparison.Ordinal));

        Assert.Contains(wrong, error.Seen, StringComparison.Ordinal);
        Assert.Contains(right, error.Expected, StringComparison.Ordinal);
    }

    // lessons.md section 2, 13: of several policies only the first was applied, without an error.
    [Fact]
    public void Lesson_13_several_policies_at_once_are_refused()
    {
        Assert.Contains("array of 2", Refuse($"[{Valid},{Valid}]").Seen, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PolicyBook([ShippedPolicies.Book.General, ShippedPolicies.Book.General with { Version = 2 }]));
    }

    [Theory]
    [InlineData("\"demo.high\"", "\"demo.high-too\"")]
    [InlineData("\"demo.high\"", "\"default\"")]
    [InlineData("\"level\":\"high\"", "\"level\":null")]
    [InlineData("\"scheme\":\"demo\"", "\"scheme\":null")]
    public void Lesson_13_a_level_has_one_policy_named_after_it(string part, string other) => Refuse(Valid.Replace(part, other, StringComparison.Ordinal));

    [Theory]
    [InlineData("\"version\":1", "\"version\":0")]
    [InlineData("\"version\":1", "\"version\":\"1\"")]
    [InlineData("\"version\":1", "\"version\":1.5")]
    [InlineData("\"version\":1", "\"version\":null")]
    [InlineData("3600", "0")]
    [InlineData("3600", "31622401")]
    [InlineData("\"maximumPatchDays\":30", "\"maximumPatchDays\":366")]
    [InlineData("\"maximumPatchDays\":30", "\"maximumPatchDays\":-1")]
    [InlineData("\"version\":1", "\"version\":1,\"version\":1")]
    [InlineData("\"version\":1", "\"version\":1,\"extra\":1")]
    [InlineData("[\"HMAC256\",\"ES256\"]", "[]")]
    [InlineData("[\"HMAC256\",\"ES256\"]", "[\"ES256\",\"ES256\"]")]
    [InlineData("[\"HMAC256\",\"ES256\"]", "\"ES256\"")]
    [InlineData("[\"secureBoot\",\"debugDisabled\"]", "null")]
    [InlineData("\"hardware-rooted\"", "3")]
    [InlineData("{", "")]
    public void What_is_out_of_range_missing_or_twice_is_refused(string part, string other) => Refuse(Valid.Replace(part, other, StringComparison.Ordinal));

    [Theory]
    [InlineData("3600", "31622400")]
    [InlineData("\"maximumPatchDays\":30", "\"maximumPatchDays\":365")]
    [InlineData("\"maximumPatchDays\":30", "\"maximumPatchDays\":0")]
    [InlineData("\"maximumPatchDays\":30", "\"maximumPatchDays\":null")]
    public void What_is_just_in_range_is_read(string part, string other) =>
        Assert.True(PolicyReader.TryRead(Encoding.UTF8.GetBytes(Valid.Replace(part, other, StringComparison.Ordinal)), out _, out _));

    [Fact]
    public void A_document_may_be_16_kib_and_no_byte_more()
    {
        string spaces = new(' ', PolicyReader.MaxBytes - Encoding.UTF8.GetByteCount(Valid));

        Assert.True(PolicyReader.TryRead(Encoding.UTF8.GetBytes(Valid + spaces), out EvidencePolicy? policy, out _));
        Assert.Equal(EvidenceStrength.HardwareRooted, policy.MinimumEvidenceStrength);
        Refuse($"{Valid}{spaces} ");
    }

    [Fact]
    public void A_member_left_out_is_one_of_null()
    {
        JsonObject document = JsonNode.Parse(Valid)!.AsObject();
        document.Remove("maximumPatchDays");
        document.Remove("note");

        Assert.True(PolicyReader.TryRead(Encoding.UTF8.GetBytes(document.ToJsonString()), out EvidencePolicy? policy, out _));
        Assert.Equal((null, ""), (policy.MaximumPatchDays, policy.Note));
    }

    private static PolicyError Refuse(string json)
    {
        Assert.False(PolicyReader.TryRead(Encoding.UTF8.GetBytes(json), out _, out PolicyError? error));
        Assert.True(error.Seen.Length > 0 && error.Expected.Length > 0);
        return error;
    }
}
