namespace IotAttest.Domain.Devices;

/// <summary>The words that enrolment records and results use for the enumerations of this folder.</summary>
public static class EnrolmentWords
{
    /// <summary><c>self-reported</c>, <c>native</c> or <c>hardware-rooted</c>.</summary>
    public static string Word(this EvidenceStrength strength) => strength switch
    {
        EvidenceStrength.SelfReported => "self-reported",
        EvidenceStrength.Native => "native",
        EvidenceStrength.HardwareRooted => "hardware-rooted",
        _ => throw new ArgumentOutOfRangeException(nameof(strength)),
    };

    /// <summary><c>challenge</c> or <c>epoch</c>.</summary>
    public static string Word(this FreshnessMode mode) => mode switch
    {
        FreshnessMode.Challenge => "challenge",
        FreshnessMode.Epoch => "epoch",
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };

    /// <summary>Reads the word of an evidence strength; false for any other text.</summary>
    public static bool TryParseStrength(string? word, out EvidenceStrength strength)
    {
        strength = word switch
        {
            "self-reported" => EvidenceStrength.SelfReported,
            "native" => EvidenceStrength.Native,
            "hardware-rooted" => EvidenceStrength.HardwareRooted,
            _ => 0,
        };
        return strength != 0;
    }

    /// <summary>Reads the word of a freshness mode; false for any other text.</summary>
    public static bool TryParseFreshness(string? word, out FreshnessMode mode)
    {
        mode = word switch
        {
            "challenge" => FreshnessMode.Challenge,
            "epoch" => FreshnessMode.Epoch,
            _ => 0,
        };
        return mode != 0;
    }
}
