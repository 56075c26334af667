using IotAttest.Cli.Failures;
using IotAttest.Cli.Output;

namespace IotAttest.Cli.Checks;

/// <summary>What an offline check found, for people and for scripts.</summary>
/// <param name="kind"><c>evidence</c>, <c>result</c>, <c>manifest</c> or <c>certificate</c>.</param>
/// <param name="terms">What authenticity is judged with; null where a missing key changes no exit code.</param>
internal sealed class CheckReport(string kind, SignatureTerms? terms)
{
    private const string NotChecked = "not checked";
    private const string NotReached = "not reached: the envelope is malformed";

    private readonly List<CheckFailure> _failures = [];

    private string _signature = terms?.KeyPath is null ? NotChecked : NotReached;
    private object? _content;
    private Action<Terminal>? _show;

    // A script reads 0 as authentic: without a key that takes the caller's explicit word.
    private bool Holds => _failures.Count == 0 && !IsOpen;

    private bool IsOpen => _signature == NotChecked && terms is { MayBeUnsigned: false };

    /// <summary>Runs a check and writes what it found.</summary>
    /// <returns>The exit code: 1 when something does not hold.</returns>
    public static int Run(Terminal terminal, string kind, bool asJson, Action<CheckReport> check) => Run(terminal, kind, asJson, terms: null, check);

    /// <summary>Runs a check that takes a key, or <c>--unsigned</c>, to hold.</summary>
    /// <returns>The exit code: 1 when something does not hold, or when authenticity was to be checked and no key was there.</returns>
    public static int Run(Terminal terminal, string kind, bool asJson, SignatureTerms? terms, Action<CheckReport> check)
    {
        CheckReport report = new(kind, terms);
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

    /// <summary>Says that the key cannot check this signature.</summary>
    /// <param name="needed">The kind that could: <c>an HMAC key</c>.</param>
    public void SetOtherKind(string needed) => _signature = $"not checked: the key is of another kind ({needed} is needed)";

    public void SetNoSuchKey() => _signature = "not checked: no key with the id that the file names";

    public void Fail(CheckFailure failure) => _failures.Add(failure);

    public void Fail(CliException failure) => Fail(new CheckFailure(failure.Path, failure.Seen, failure.Expected, failure.Do));

    private void Write(Terminal terminal, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(new { kind, holds = Holds, signature = _signature, verdict = Verdict(), failures = _failures, content = _content });
            return;
        }

        _show?.Invoke(terminal);
        terminal.WriteLine(_signature == NotChecked ? "signature: NOT CHECKED; pass the key with --key" : $"signature: {_signature}");
        foreach (CheckFailure failure in _failures)
        {
            terminal.WriteError($"error: {(failure.Path is null ? "" : $"{failure.Path}: ")}seen {failure.Seen}; expected {failure.Expected}; {failure.Do}");
        }

        terminal.WriteLine($"{kind}: {Verdict()}");
    }

    private string Verdict() => (_failures.Count, _signature, terms) switch
    {
        ( > 0, _, _) => "does not hold",
        (_, NotChecked, { MayBeUnsigned: false }) => "decodes; authenticity was not checked: pass --key",
        (_, NotChecked, { MayBeUnsigned: true }) => "holds as far as it was checked; authenticity was not checked (--unsigned)",
        (_, NotChecked, null) => "holds as far as it was checked",
        _ => "holds",
    };
}
