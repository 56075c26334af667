using IotAttest.Cli.Failures;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Checks;

/// <summary>What an offline check found, for people and for scripts.</summary>
/// <param name="kind"><c>evidence</c>, <c>result</c>, <c>manifest</c> or <c>certificate</c>.</param>
internal sealed class CheckReport(string kind)
{
    private const string NotChecked = "not checked";

    private readonly List<CheckFailure> _failures = [];

    private string _signature = NotChecked;
    private object? _content;
    private Action<Terminal>? _show;

    private bool Holds => _failures.Count == 0;

    /// <summary>Runs a check and writes what it found.</summary>
    /// <returns>The exit code: 1 when something does not hold.</returns>
    public static int Run(Terminal terminal, string kind, bool asJson, Action<CheckReport> check)
    {
        CheckReport report = new(kind);
        try
        {
            check(report);
        }
        catch (CliException failure) when (failure.ExitCode == ExitCode.DoesNotHold)
        {
            report.Fail(new CheckFailure(failure.Path, failure.Seen, failure.Expected, failure.Do));
        }

        report.Write(terminal, asJson);
        return report.Holds ? ExitCode.Fine : ExitCode.DoesNotHold;
    }

    /// <summary>What the file says, as JSON and as a person reads it.</summary>
    public void SetContent(object content, Action<Terminal> show) => (_content, _show) = (content, show);

    public void SetSignature(bool holds) => _signature = holds ? "holds" : "does not hold";

    public void Fail(CheckFailure failure) => _failures.Add(failure);

    public void Fail(CliException failure) => Fail(new CheckFailure(failure.Path, failure.Seen, failure.Expected, failure.Do));

    private void Write(Terminal terminal, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(new { kind, holds = Holds, signature = _signature, failures = _failures, content = _content });
            return;
        }

        _show?.Invoke(terminal);
        terminal.WriteLine(_signature == NotChecked ? "signature: NOT CHECKED; pass the key with --key" : $"signature: {_signature}");
        foreach (CheckFailure failure in _failures)
        {
            terminal.WriteError($"error: {(failure.Path is null ? "" : $"{failure.Path}: ")}seen {failure.Seen}; expected {failure.Expected}; {failure.Do}");
        }

        string verdict = Holds ? _signature == NotChecked ? "holds as far as it was checked" : "holds" : "does not hold";
        terminal.WriteLine($"{kind}: {verdict}");
    }
}
