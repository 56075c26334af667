using IotAttest.Domain.Products;
using IotAttest.Service.Builds;
using IotAttest.Service.Hosting;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Products;

/// <summary>The body by which a body of the scheme, or the operator, says how the certificate of a component stands.</summary>
internal sealed record ComponentDecisionRequest(string Scheme, string Number, ComponentStatus Status, DateOnly? Until, string Reason)
{
    /// <exception cref="ProblemException">Anything that does not fit, by name.</exception>
    public static ComponentDecisionRequest Parse(ReadOnlyMemory<byte> json)
    {
        using RequestFields fields = RequestFields.Parse(json, "scheme", "number", "status", "until", "reason");
        return new ComponentDecisionRequest(
            ComponentListRequest.SchemeOf(fields),
            fields.Text("number", ComponentListRequest.MaxNumberLength),
            ComponentStatusWord.Parse(fields, "status"),
            DayText.Parse(fields, "until"),
            fields.Text("reason", ReasonRequest.MaxReasonLength));
    }
}
