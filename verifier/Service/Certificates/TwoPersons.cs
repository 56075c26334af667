using IotAttest.Service.Access;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Certificates;

/// <summary>Who counts as a person of a body.</summary>
internal static class TwoPersons
{
    /// <summary>The person behind a token of the body. The operator, who may do everything else, is no person of it.</summary>
    /// <exception cref="ProblemException">A token of somebody else.</exception>
    public static string PersonOf(Caller caller, string body) => caller.Organisation == body && caller.Has(Roles.Body)
        ? caller.Person
        : throw Refuse.Forbidden($"{caller.Name} for a decision that two persons of {body} take", $"the token of a person of {body}");
}
