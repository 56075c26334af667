using System.Globalization;
using System.Text;
using IotAttest.Service.Hosting;
using IotAttest.Service.Registry;

namespace IotAttest.Service.Surveillance;

/// <summary>The numbers of the surveillance view as CSV: the very same ones.</summary>
internal static class SurveillanceCsv
{
    public const string MediaType = "text/csv; charset=utf-8; header=present";

    public static byte[] Write(SurveillanceView view)
    {
        StringBuilder lines = new(CsvLine.Of(["certificate", "build", "at", "kind", "name", "boards"]));
        Add(lines, view, view.AsOf, "all", new NamedCount("boards", view.Boards));
        AddAll(lines, view, view.AsOf, "group", view.Groups);
        AddAll(lines, view, view.AsOf, "drift", view.Drift);
        AddAll(lines, view, view.AsOf, "age", view.Ages);
        foreach (TrendDay day in view.Trend)
        {
            AddAll(lines, view, UtcText.Of(day.At), "trend", day.Groups);
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static void AddAll(StringBuilder lines, SurveillanceView view, string at, string kind, IEnumerable<NamedCount> counts)
    {
        foreach (NamedCount count in counts)
        {
            Add(lines, view, at, kind, count);
        }
    }

    private static void Add(StringBuilder lines, SurveillanceView view, string at, string kind, NamedCount count) =>
        lines.Append(CsvLine.Of([view.Certificate, view.Build, at, kind, count.Name, count.Boards.ToString(CultureInfo.InvariantCulture)]));
}
