using IotAttest.Domain.Evidence;

namespace IotAttest.Service.Problems;

/// <summary>A refusal of evidence as an answer over HTTP (DESIGN.md section 8).</summary>
internal static class RefusalProblem
{
    public static int Status(RefusalCode code) => code switch
    {
        RefusalCode.Malformed or RefusalCode.Retained => 400,
        RefusalCode.BadSignature => 401,
        RefusalCode.IdentityMismatch => 403,
        RefusalCode.UnknownKey => 404,
        RefusalCode.NonceUsed => 409,
        RefusalCode.TooLarge => 413,
        RefusalCode.WrongMediaType => 415,
        RefusalCode.NonceNotFresh => 422,
        RefusalCode.TooMany => 429,
        _ => throw new ArgumentOutOfRangeException(nameof(code)),
    };

    public static Problem ToProblem(this Refusal refusal) =>
        Problem.Of(Status(refusal.Code), refusal.Code.ToString(), "The evidence was refused; the last verdict stands.", refusal.Seen, refusal.Expected, refusal.Do);
}
