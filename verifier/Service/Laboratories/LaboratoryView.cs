using IotAttest.Domain.Certificates.Applications;
using IotAttest.Service.Hosting;

namespace IotAttest.Service.Laboratories;

/// <summary>A laboratory with its accreditation; none of the three where it has none.</summary>
internal sealed record LaboratoryView(string Name, string? Number, IReadOnlyList<string> Scope, string? Until, bool IsAccredited)
{
    public static LaboratoryView Of(string name, Accreditation? accreditation, DateTimeOffset now) => new(
        name, accreditation?.Number, accreditation?.Scope ?? [], UtcText.Of(accreditation?.Until), accreditation?.Until >= now);
}

/// <summary>All laboratories.</summary>
internal sealed record LaboratoryListView(IReadOnlyList<LaboratoryView> Laboratories);

/// <summary>Some laboratories, and where the next ones begin.</summary>
internal sealed record LaboratoryPage(IReadOnlyList<LaboratoryView> Laboratories, string? Next);
