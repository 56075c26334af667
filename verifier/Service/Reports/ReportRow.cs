using IotAttest.Domain.Corim;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Reports;

/// <summary>A report beside a build, without its file.</summary>
internal sealed class ReportRow
{
    public byte[] Sha256 { get; init; } = [];

    public string AttachedBy { get; init; } = "";

    public string Role { get; init; } = "";

    public long At { get; init; }

    public string Target { get; init; } = "";

    public string ToolVersion { get; init; } = "";

    public long Pass { get; init; }

    public long Fail { get; init; }

    public long NotApplicable { get; init; }

    public ReportView ToView() => new(new Sha256Digest(Sha256).ToString(), AttachedBy, Role, UtcText.OfMs(At), Target, ToolVersion, Pass, Fail, NotApplicable);
}
