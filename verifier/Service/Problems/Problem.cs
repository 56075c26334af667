namespace IotAttest.Service.Problems;

/// <summary>The body of every refusal over HTTP (RFC 9457), with three members of its own that say what to do about it.</summary>
/// <param name="Type">A URN that names the code.</param>
/// <param name="Title">One short sentence for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable reason, for programs.</param>
/// <param name="Seen">What arrived; never a secret.</param>
/// <param name="Expected">What would have been taken.</param>
/// <param name="Do">The next step.</param>
internal sealed record Problem(string Type, string Title, int Status, string Code, string Seen, string Expected, string Do)
{
    public const string MediaType = "application/problem+json";

    public static Problem Of(int status, string code, string title, string seen, string expected, string todo) =>
        new($"urn:iotattest:problem:{code}", title, status, code, seen, expected, todo);
}
