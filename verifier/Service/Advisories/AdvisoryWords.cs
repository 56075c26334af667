using IotAttest.Domain.Advisories;
using IotAttest.Service.Certificates;

namespace IotAttest.Service.Advisories;

/// <summary>The words of this API for what the domain calls otherwise.</summary>
internal static class AdvisoryWords
{
    public static string Of(AdvisoryFormat format) => format == AdvisoryFormat.Csaf ? "csaf-2.0" : "openvex-0.2.0";

    public static string Of(ProductStatus status) => EnumWord.Of(status);

    public static string Of(AdvisorySeverity severity) => EnumWord.Of(severity);

    public static string Of(MatchLevel level) => EnumWord.Of(level);
}
