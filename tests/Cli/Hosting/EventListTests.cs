using System.Reflection;
using System.Text.RegularExpressions;
using IotAttest.Support;
using Microsoft.Extensions.Logging;

namespace IotAttest.Cli.Tests.Hosting;

/// <summary>The ids of log records are a contract: alarms and dashboards of others name them.</summary>
/// <remarks>docs/operations/events.md is made from the code: run this class with IOTATTEST_WRITE_EVENTS=1 after adding one.</remarks>
public sealed partial class EventListTests
{
    private static readonly string ListFile = Path.Combine(SharedData.Repository, "docs", "operations", "events.md");

    [Fact]
    public void Every_event_has_an_id_of_its_own_over_the_whole_product()
    {
        LoggerMessageAttribute[] events = [.. Events().Select(found => found.Event)];

        Assert.True(events.Length >= 24, $"only {events.Length} were found");
        Assert.All(events, one => Assert.InRange(one.EventId, 1000, 9999));
        Assert.Empty(events.GroupBy(one => one.EventId).Where(same => same.Count() > 1).Select(same => string.Join(" and ", same.Select(one => $"{one.EventId} {one.Message}"))));
    }

    [Fact]
    public void The_list_in_the_documents_is_what_the_code_logs_and_an_id_never_gets_another_meaning()
    {
        string[] expected = [.. Events().OrderBy(found => found.Event.EventId).Select(found => $"| {found.Event.EventId} | {found.Event.Level} | {found.Method.Name} | {found.Event.Message.Replace("|", "\\|", StringComparison.Ordinal)} |")];
        if (Environment.GetEnvironmentVariable("IOTATTEST_WRITE_EVENTS") == "1")
        {
            Write(expected);
        }

        string[] rows = [.. File.ReadAllLines(ListFile).Where(line => Row().IsMatch(line))];
        string[] retired = [.. rows.Where(row => row.Contains("| retired |", StringComparison.Ordinal))];

        Assert.Equal(expected, rows.Except(retired));
        Assert.Empty(retired.Select(IdOf).Intersect(expected.Select(IdOf)));
    }

    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Event)> Events() =>
        from assembly in Assemblies()
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        select (method, attribute);

    private static Assembly[] Assemblies() =>
        [.. Directory.GetFiles(Path.GetDirectoryName(typeof(CliContext).Assembly.Location)!, "IotAttest.*.dll").Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal)).Select(Assembly.LoadFrom)];

    // What is in the list and no longer in the code stays, as retired: its id is not given again.
    private static void Write(string[] expected)
    {
        string[] lines = File.ReadAllLines(ListFile);
        HashSet<string> known = [.. expected.Select(IdOf)];
        string[] retired = [.. lines.Where(line => Row().IsMatch(line) && !known.Contains(IdOf(line))).Select(Retire)];
        File.WriteAllLines(ListFile, [.. lines.Where(line => !Row().IsMatch(line)), .. expected.Concat(retired).OrderBy(IdOf, StringComparer.Ordinal)]);
    }

    private static string Retire(string row)
    {
        string[] cells = row.Split('|');
        cells[2] = " retired ";
        return string.Join('|', cells);
    }

    private static string IdOf(string row) => row.Split('|')[1].Trim();

    [GeneratedRegex(@"^\| \d{4} \|")]
    private static partial Regex Row();
}
