using IotAttest.Domain.Certificates.Applications;

namespace IotAttest.Service.Certificates.Applications;

/// <summary>A row of the table application_events.</summary>
internal sealed class ApplicationEventRow
{
    public const string Columns = "application_id AS ApplicationId, at, step, status, taken_by AS TakenBy, reason, laboratory, certificate_id AS CertificateId, is_public AS IsPublic";

    public long ApplicationId { get; init; }

    public long At { get; init; }

    public long Step { get; init; }

    public long Status { get; init; }

    public string TakenBy { get; init; } = "";

    public string Reason { get; init; } = "";

    public string? Laboratory { get; init; }

    public string? CertificateId { get; init; }

    public long IsPublic { get; init; }

    public ApplicationEvent ToEvent() => new(DateTimeOffset.FromUnixTimeMilliseconds(At), (ApplicationStep)Step, (ApplicationStatus)Status, TakenBy, Reason)
    {
        Laboratory = Laboratory,
        Certificate = CertificateId,
        IsPublic = IsPublic != 0,
    };
}
