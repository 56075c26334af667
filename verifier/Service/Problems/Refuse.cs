namespace IotAttest.Service.Problems;

/// <summary>The refusals that several routes share.</summary>
internal static class Refuse
{
    public static ProblemException Malformed(string seen, string expected, string todo) =>
        new(Problem.Of(400, "Malformed", "The request is not understood.", seen, expected, todo));

    public static ProblemException NoLogin() =>
        new(Problem.Of(401, "NoLogin", "This route needs a login.", "no token that this verifier knows", "Authorization: Bearer <token>", "Send the token of your organisation, or the one in operator.token."));

    public static ProblemException Forbidden(string seen, string expected) =>
        new(Problem.Of(403, "Forbidden", "This login may not do that.", seen, expected, "Use the token of an organisation with that role, or ask the operator."));

    public static ProblemException NotFound(string seen, string expected) =>
        new(Problem.Of(404, "NotFound", "There is nothing of that name here.", seen, expected, "Check the name, and that your organisation may see it."));

    public static ProblemException Conflict(string seen, string expected, string todo) =>
        new(Problem.Of(409, "Conflict", "This contradicts what is stored.", seen, expected, todo));

    public static ProblemException TooLarge(string seen, string expected) =>
        new(Problem.Of(413, "TooLarge", "The request is too large.", seen, expected, "Send less at once."));

    public static ProblemException WrongMediaType(string seen, string expected) =>
        new(Problem.Of(415, "WrongMediaType", "The media type does not fit.", seen, expected, "Set the header Content-Type."));

    /// <summary>Well-formed, and not true: a signature that does not hold, a condition that is not met.</summary>
    public static ProblemException Unacceptable(string code, string seen, string expected, string todo) =>
        new(Problem.Of(422, code, "The content cannot be taken.", seen, expected, todo));
}
