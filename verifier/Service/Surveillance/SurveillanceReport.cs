using System.Collections.Concurrent;
using System.Data.Common;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Access;
using IotAttest.Service.Certificates;
using IotAttest.Service.Devices;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Surveillance;

/// <summary>How the boards of a certificate do, for the body that issued it.</summary>
internal sealed class SurveillanceReport(CertificateCatalogue certificates, DeviceDirectory directory, VerdictSource verdicts, Database database, TimeProvider clock)
{
    /// <summary>Oldest count that is shown as of now: many readers of a large fleet share one pass.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TrendAge = TimeSpan.FromMinutes(1);

    private const int MaxKept = 1_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, SurveillanceView Value)> _views = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, List<TrendDay> Value)> _trends = new(StringComparer.Ordinal);

    /// <exception cref="ProblemException">No such certificate, or one of another body.</exception>
    public SurveillanceView Of(Caller caller, string id)
    {
        CertificateView certificate = Own(caller, certificates.Find(id));
        return Kept(_views, certificate.Id, Age, now => Take(certificate, now));
    }

    /// <summary>The certificate, when it is one of the caller.</summary>
    /// <exception cref="ProblemException">One of another body.</exception>
    public static CertificateView Own(Caller caller, CertificateView certificate) => caller.ActsAs(Roles.Body, certificate.Body) || caller.Has(Roles.Auditor)
        ? certificate
        : throw Refuse.Forbidden($"the desk of {certificate.Body}, asked for by {caller.Name}", $"the token of {certificate.Body}");

    private SurveillanceView Take(CertificateView certificate, DateTimeOffset now)
    {
        BoardCount count = new(now);
        foreach (DeviceEntry device in directory.All.Where(device => device.Identity.ClassId == certificate.Class && device.Identity.Manufacturer == certificate.Holder))
        {
            DeviceState state = device.State;
            Verdict verdict = verdicts.Of(device, state, now);
            string? build = verdict.Build ?? state.Facts.LastBuild;
            if (build is null || build == certificate.Build)
            {
                count.Add(verdict);
            }
        }

        List<TrendDay> past = Kept(_trends, certificate.Id, TrendAge, moment => ReadTrend(certificate, moment));
        TrendDay today = new(now, [.. count.Groups.Where(group => group.Name != SurveillanceGroups.Unheard)]);
        return new SurveillanceView(certificate.Id, certificate.Build, UtcText.Of(now), count.Boards, count.Groups, count.Drift, count.Ages, [.. past, today]);
    }

    private List<TrendDay> ReadTrend(CertificateView certificate, DateTimeOffset now)
    {
        using DbConnection connection = database.Open();
        return SurveillanceTrend.Read(connection, certificate.Holder, certificate.Class, certificate.Build, now);
    }

    private T Kept<T>(ConcurrentDictionary<string, (DateTimeOffset At, T Value)> kept, string key, TimeSpan age, Func<DateTimeOffset, T> take)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (kept.TryGetValue(key, out (DateTimeOffset At, T Value) last) && now >= last.At && now - last.At < age)
        {
            return last.Value;
        }

        if (kept.Count >= MaxKept)
        {
            kept.Clear();
        }

        T value = take(now);
        kept[key] = (now, value);
        return value;
    }
}
