using System.Data.Common;
using Dapper;
using IotAttest.Domain.Certificates;
using IotAttest.Domain.Certificates.Applications;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Service.Access;
using IotAttest.Service.Certificates;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Cases;

/// <summary>What can be appealed, until when, and who cannot judge it.</summary>
internal static class AppealRules
{
    // Where a scheme says nothing.
    private const int DefaultDays = 30;

    /// <summary>Checks an appeal and finds the persons who took the contested decision.</summary>
    /// <exception cref="ProblemException">No such decision, one of the holder itself, or too late.</exception>
    public static IEnumerable<string> Deciders(DbConnection connection, DbTransaction transaction, CaseSubject subject, int decision, DateTimeOffset now)
    {
        Decided taken = (subject.Certificate is { } certificate ? OfCertificate(connection, transaction, certificate, decision) : OfApplication(connection, transaction, subject.Application!.Value, decision))
            ?? throw Refuse.Unacceptable("NoSuchDecision", $"decision {decision}, which the history does not have", "the number of a decision of the body in the history", "Look at the history.");
        DateTimeOffset last = DateTimeOffset.FromUnixTimeMilliseconds(taken.At).AddDays(SchemeCatalogue.Default.Find(subject.Scheme)?.AppealDays ?? DefaultDays);
        if (now > last)
        {
            throw DecisionProblem.Of(new DecisionRefusal(DecisionRefusalCode.WindowClosed, "an appeal after the time for it", $"an appeal until {Hosting.UtcText.Of(last)}", "Nothing can be done here about this decision any more."));
        }

        return taken.Proposer is null ? [taken.Person] : [taken.Person, taken.Proposer];
    }

    /// <summary>A stay is taken by whoever was assigned to an open appeal, and confirmed by nobody who took the contested decision.</summary>
    /// <exception cref="ProblemException">Another person, or no such appeal.</exception>
    public static void CheckStay(DbConnection connection, DbTransaction transaction, CertificateRow certificate, Caller caller, bool isConfirmation)
    {
        string person = TwoPersons.PersonOf(caller, certificate.Body);
        List<CaseRow> appeals = CaseTable.OpenAppeals(connection, transaction, certificate.Id);
        Domain.Cases.CaseLife[] lives = [.. CaseTable.LivesOf(connection, transaction, appeals).Values];
        if (!lives.Any(life => isConfirmation ? !life.Excluded.Contains(person) : life.Assigned == person))
        {
            throw DecisionProblem.Of(new DecisionRefusal(
                DecisionRefusalCode.NotAssigned,
                isConfirmation ? "a stay confirmed by a person who took the contested decision, or without an open appeal" : "a stay by somebody who handles no open appeal about this certificate",
                isConfirmation ? "another person of the body" : "the person who was assigned to the appeal",
                "Assign a person to the appeal first (POST /v1/cases/{id}/actions)."));
        }
    }

    private static Decided? OfCertificate(DbConnection connection, DbTransaction transaction, string certificate, int decision) => connection.QuerySingleOrDefault<Decided>(
        """
        SELECT e.at, e.person, p.person AS Proposer FROM certificate_events e LEFT JOIN certificate_proposals p ON p.id = e.proposal_id
        WHERE e.certificate_id = @certificate ORDER BY e.seq LIMIT 1 OFFSET @before
        """,
        new { certificate, before = decision - 1 },
        transaction);

    // The filing is no decision of the body.
    private static Decided? OfApplication(DbConnection connection, DbTransaction transaction, long application, int decision) => connection.QuerySingleOrDefault<Decided>(
        """
        SELECT at, person, Proposer FROM (
            SELECT e.seq, e.at, e.step, e.person, p.person AS Proposer FROM application_events e LEFT JOIN certificate_proposals p ON p.id = e.proposal_id
            WHERE e.application_id = @application ORDER BY e.seq LIMIT 1 OFFSET @before) AS taken
        WHERE step <> @filing
        """,
        new { application, before = decision - 1, filing = (long)ApplicationStep.Apply },
        transaction);

    private sealed class Decided
    {
        public long At { get; init; }

        public string Person { get; init; } = "";

        public string? Proposer { get; init; }
    }
}
