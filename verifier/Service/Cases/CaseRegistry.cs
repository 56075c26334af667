using System.Data.Common;
using IotAttest.Domain.Cases;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Service.Access;
using IotAttest.Service.Certificates;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Cases;

/// <summary>Opens cases and takes what is done in them. No case ever changes a certificate.</summary>
internal sealed class CaseRegistry(StoreWriter writer, TimeProvider clock)
{
    // Where a scheme says nothing.
    private const int DefaultRenewalMonths = 6;

    /// <summary>First moment at which a certificate of the scheme can be renewed.</summary>
    public static DateTimeOffset RenewalFrom(string scheme, DateTimeOffset validUntil) =>
        validUntil.AddMonths(-(SchemeCatalogue.Default.Find(scheme)?.RenewalMonths ?? DefaultRenewalMonths));

    /// <summary>Opens a case.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="ProblemException">Not the caller's to open, or a precondition does not hold.</exception>
    public Task<long> OpenAsync(Caller caller, CaseRequest request, CancellationToken cancellation) =>
        writer.ExecuteAsync((connection, transaction) => Open(connection, transaction, caller, request), cancellation: cancellation);

    /// <summary>Assigns, notes or decides.</summary>
    /// <exception cref="ProblemException">Not the caller's case, or a precondition does not hold.</exception>
    public Task ActAsync(Caller caller, long id, CaseActionRequest request, CancellationToken cancellation) =>
        writer.ExecuteAsync((connection, transaction) => Act(connection, transaction, caller, id, request), cancellation);

    private long Open(DbConnection connection, DbTransaction transaction, Caller caller, CaseRequest request)
    {
        CaseSubject subject = SubjectOf(connection, transaction, caller, request);
        RequireOpener(caller, request.Kind, subject);
        DateTimeOffset now = clock.GetUtcNow();
        NewCase opened = new(request.Kind, subject, caller.PublicName, caller.Person, request.Summary)
        {
            Decision = request.Decision,
            Excluded = request.Decision is { } decision ? [.. AppealRules.Deciders(connection, transaction, subject, decision, now)] : [],
        };
        CheckTime(request.Kind, subject, now);
        if (request.Kind != CaseType.Complaint && CaseTable.HasOpen(connection, transaction, request.Kind, subject, request.Decision))
        {
            throw Refuse.Conflict("a second case of that type about the same", "one open case", "Go on in the case that is open (GET /v1/cases).");
        }

        return CaseTable.Open(connection, transaction, opened, now);
    }

    private static CaseSubject SubjectOf(DbConnection connection, DbTransaction transaction, Caller caller, CaseRequest request)
    {
        if (request.Certificate is { } certificate)
        {
            return CaseSubject.OfCertificate(connection, transaction, certificate) ?? throw Refuse.NotFound("no certificate of that id", "the id of an issued certificate");
        }

        CaseSubject? application = CaseSubject.OfApplication(connection, transaction, request.Application!.Value);
        bool isParty = application is not null && (caller.ActsAs(Roles.Manufacturer, application.Holder) || caller.ActsAs(Roles.Body, application.Body));
        if (!isParty)
        {
            throw Certificates.Applications.ApplicationCatalogue.NoSuch();
        }

        return request.Kind is CaseType.Appeal or CaseType.Complaint
            ? application!
            : throw Refuse.Unacceptable("NoCertificate", $"a case of type {request.Type} about an application", "a certificate", "Name a certificate.");
    }

    private static void RequireOpener(Caller caller, CaseType type, CaseSubject subject)
    {
        bool isHolder = caller.ActsAs(Roles.Manufacturer, subject.Holder);
        bool isBody = caller.ActsAs(Roles.Body, subject.Body);
        bool mayOpen = type switch
        {
            CaseType.NonConformity => isBody,
            CaseType.Appeal => isHolder,
            CaseType.Renewal => isBody || isHolder,
            _ => true,
        };
        if (!mayOpen)
        {
            throw Refuse.Forbidden($"a case of type {EnumWord.Of(type)} from {caller.Name}", type == CaseType.NonConformity ? $"the token of {subject.Body}" : $"the token of {subject.Holder}");
        }
    }

    private static void CheckTime(CaseType type, CaseSubject subject, DateTimeOffset now)
    {
        if (type == CaseType.Renewal && (now < RenewalFrom(subject.Scheme, subject.ValidUntil!.Value) || now > subject.ValidUntil))
        {
            throw DecisionProblem.Of(new DecisionRefusal(
                DecisionRefusalCode.WindowClosed,
                "a renewal outside its window",
                $"between {Hosting.UtcText.Of(RenewalFrom(subject.Scheme, subject.ValidUntil.Value))} and {Hosting.UtcText.Of(subject.ValidUntil.Value)}",
                "Come back then, or apply anew."));
        }
    }

    private void Act(DbConnection connection, DbTransaction transaction, Caller caller, long id, CaseActionRequest request)
    {
        CaseRow? row = CaseTable.Find(connection, transaction, id);
        if (row is null || !CaseSight.Of(caller).Sees(row))
        {
            throw CaseCatalogue.NoSuch();
        }

        CaseLife life = CaseTable.LivesOf(connection, transaction, [row])[id];
        if (!life.TryTake(EventOf(caller, row, request), clock.GetUtcNow(), out CaseLife? next, out DecisionRefusal? refusal))
        {
            throw DecisionProblem.Of(refusal);
        }

        CaseTable.Add(connection, transaction, id, life, next);
    }

    private static CaseEvent EventOf(Caller caller, CaseRow row, CaseActionRequest request)
    {
        bool handles = caller.Organisation == row.Body && caller.Has(Roles.Body);

        // The other parties can say something, and no more. The operator is no party.
        bool isPlainNote = request is { Step: CaseStep.Note, Clock: null, RationaleConfidential: null, Dissent: null };
        bool isParty = caller.Organisation is { } organisation && (organisation == row.Holder || organisation == row.OpenedBy);
        return handles || (isPlainNote && isParty)
            ? request.ToEvent(caller.PublicName, caller.Person)
            : throw Refuse.Forbidden($"\"{request.Action}\" by {caller.Name}", $"the token of a person of {row.Body}");
    }
}
