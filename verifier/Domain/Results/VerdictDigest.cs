using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IotAttest.Domain.Appraisal;

namespace IotAttest.Domain.Results;

/// <summary>Names everything a verdict says with 32 bytes, whatever the language it is shown in: two verdicts are the same when their digests are.</summary>
public static class VerdictDigest
{
    private const char Separator = '\u001F';

    /// <summary>SHA-256 over every member of the verdict but the moment it was computed and the time of the evidence: of the times, how long
    /// evidence holds counts. Boards about which the same is said have the same digest.</summary>
    public static byte[] Of(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return Of(verdict, Number((long?)(verdict.ExpiresAt - verdict.AsOf)?.TotalMilliseconds));
    }

    /// <summary>The digest as earlier versions recorded it: with the time of the evidence and of its end.</summary>
    public static byte[] WithTimes(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return Of(verdict, Number(verdict.AsOf?.ToUnixTimeMilliseconds()), Number(verdict.ExpiresAt?.ToUnixTimeMilliseconds()));
    }

    private static byte[] Of(Verdict verdict, params ReadOnlySpan<string?> times)
    {
        StringBuilder text = new(512);
        Add(text, ((int)verdict.Conformity).ToString(CultureInfo.InvariantCulture));
        Add(text, ((int)verdict.Drift).ToString(CultureInfo.InvariantCulture));
        Add(text, ((int)verdict.Conditions).ToString(CultureInfo.InvariantCulture));
        Add(text, verdict.Build);
        Add(text, [.. verdict.Advisories]);
        Add(text, [.. verdict.Certificates]);
        Add(text, [.. verdict.Policies]);
        Add(text, verdict.Reported?.Hash);
        Add(text, verdict.Expected?.Hash);
        Add(text, ((int)verdict.Strength).ToString(CultureInfo.InvariantCulture));
        Add(text, Number(verdict.Vector.InstanceIdentity), Number(verdict.Vector.Configuration), Number(verdict.Vector.Executables), Number(verdict.Vector.Hardware));
        Add(text, times);
        Add(text, ((int)verdict.Guidance.Code).ToString(CultureInfo.InvariantCulture));
        Add(text, [.. verdict.Guidance.Arguments]);
        Add(text, verdict.Guidance.Responsible);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    // The count in front keeps two neighbouring lists apart.
    private static void Add(StringBuilder text, params ReadOnlySpan<string?> values)
    {
        text.Append(values.Length);
        foreach (string? value in values)
        {
            text.Append(Separator).Append(value ?? "-");
        }

        text.Append('\n');
    }
}
