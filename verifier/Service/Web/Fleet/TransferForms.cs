using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Problems;
using IotAttest.Service.Transfers;
using IotAttest.Service.Web.Desk;
using Microsoft.AspNetCore.Http;

namespace IotAttest.Service.Web.Fleet;

/// <summary>Answers to offers of boards, as forms.</summary>
internal static class TransferForms
{
    public static Task<IResult> AnswerAsync(string id, string action, HttpContext context, TransferRegistry registry, CancellationToken cancellation) =>
        DeskForm.TakeAsync(context, PageResult.Of<TransfersPage>(), form => AnswerAsync(id, action, form, context, registry, cancellation));

    public static bool MayAnswer(Caller caller, string from, string to, string action) => action switch
    {
        "accept" or "decline" => caller.ActsAs(Roles.Integrator, to),
        "withdraw" => caller.ActsAs(Roles.Manufacturer, from) || caller.ActsAs(Roles.Integrator, from),
        _ => false,
    };

    private static async Task<IResult> AnswerAsync(string id, string action, IFormCollection form, HttpContext context, TransferRegistry registry, CancellationToken cancellation)
    {
        Caller caller = Caller.Of(context.User);
        Transfer transfer = registry.Find(caller, id);
        if (!MayAnswer(caller, transfer.From, transfer.To, action))
        {
            throw Refuse.Forbidden($"{action} from {caller.Name}", $"accept or decline by {transfer.To}, withdraw by {transfer.From}");
        }

        string reason = DecisionRequest.ParseReason(FormFields.Reason(form, context));
        await (action switch
        {
            "accept" => registry.AcceptAsync(transfer, caller, reason, cancellation),
            "decline" => registry.EndAsync(transfer, TransferState.Declined, caller, reason, cancellation),
            _ => registry.EndAsync(transfer, TransferState.Withdrawn, caller, reason, cancellation),
        });
        return DeskForm.After("/fleet/transfers", action);
    }
}
