using System.Data.Common;
using IotAttest.Domain.Products;
using IotAttest.Service.Access;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;
using IotAttest.Service.Reference;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Products;

/// <summary>Takes what makers say of their products; the end of support reaches every board of the class at once.</summary>
internal sealed class ProductRegistry(StoreWriter writer, OrganisationDirectory organisations, ReferencePublisher publisher, TimeProvider clock)
{
    /// <summary>Describes a product, or describes it anew: the whole model takes the place of the one before.</summary>
    /// <returns>Whether the product is new.</returns>
    /// <exception cref="ProblemException">Not the caller's class, or support would get shorter.</exception>
    public async Task<bool> SetAsync(Caller caller, Guid classId, ProductRequest request, CancellationToken cancellation)
    {
        Change change = await writer.ExecuteAsync((connection, transaction) => Set(connection, transaction, caller, classId, request), Publish, cancellation);
        return change.IsNew;
    }

    /// <summary>Extends support; the same day again changes nothing.</summary>
    /// <exception cref="ProblemException">No such product of the caller, or support would get shorter.</exception>
    public async Task ExtendAsync(Caller caller, Guid classId, SupportRequest request, CancellationToken cancellation) =>
        await writer.ExecuteAsync((connection, transaction) => Extend(connection, transaction, caller, classId, request), Publish, cancellation);

    private Change Set(DbConnection connection, DbTransaction transaction, Caller caller, Guid classId, ProductRequest request)
    {
        string manufacturer = RequireOwner(connection, transaction, caller, classId, request.Manufacturer);
        ProductModel? before = ProductTable.Find(connection, transaction, classId)?.Model;
        return Store(connection, transaction, caller, classId, manufacturer, before, request.Model, request.Reason);
    }

    private Change Extend(DbConnection connection, DbTransaction transaction, Caller caller, Guid classId, SupportRequest request)
    {
        ProductRow row = ProductTable.Find(connection, transaction, classId) ?? throw ProductCatalogue.NoSuch();
        string manufacturer = RequireOwner(connection, transaction, caller, classId, null);
        return Store(connection, transaction, caller, classId, manufacturer, row.Model, row.Model with { SupportUntil = request.SupportUntil }, request.Reason);
    }

    private Change Store(DbConnection connection, DbTransaction transaction, Caller caller, Guid classId, string manufacturer, ProductModel? before, ProductModel after, string reason)
    {
        if (before?.Support.IsKeptBy(after.Support) == false)
        {
            throw Refuse.Conflict(
                after.SupportUntil is { } day ? $"support until {DayText.Of(day)}" : "no \"supportUntil\"",
                $"{DayText.Of(before.SupportUntil)}, which was promised, or later",
                "Support may be extended and is never shortened: boards were bought on that promise.");
        }

        if (before?.IsSameAs(after) == true)
        {
            return new Change(classId, manufacturer, IsNew: false, null);
        }

        ProductTable.Add(connection, transaction, classId, manufacturer, after, caller.PublicName, reason, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return new Change(classId, manufacturer, before is null, before?.SupportUntil == after.SupportUntil ? null : after.Support.End);
    }

    /// <summary>The maker of a class, for whom the caller acts.</summary>
    /// <param name="connection">The store.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="classId">The class.</param>
    /// <param name="named">The maker that an operator named, for a class that nobody used yet.</param>
    /// <exception cref="ProblemException">The class is another's, or nobody's and no maker is named.</exception>
    private string RequireOwner(DbConnection connection, DbTransaction transaction, Caller caller, Guid classId, string? named)
    {
        string? owner = ProductTable.OwnerOf(connection, transaction, classId);
        string manufacturer = owner ?? named ?? caller.Organisation ?? throw Refuse.Malformed(
            "no \"manufacturer\" from a caller that acts for several", "the maker of the class", "Add \"manufacturer\".");
        if (!caller.ActsAs(Roles.Manufacturer, manufacturer) || (named is not null && named != manufacturer))
        {
            throw Refuse.Forbidden($"a class of {manufacturer} from {named ?? caller.Name}", $"the token of {manufacturer}");
        }

        return organisations.TryFind(manufacturer, out Organisation? organisation) && organisation.Has(Roles.Manufacturer)
            ? manufacturer
            : throw Refuse.NotFound("a manufacturer that is not registered", "a registered organisation with the role manufacturer");
    }

    private void Publish(Change change)
    {
        if (change.SupportUntil is { } until)
        {
            publisher.Publish(change.Manufacturer, reference => reference.WithSupport(change.Class, until));
        }
    }

    /// <summary>What a job did; <paramref name="SupportUntil"/> when support changed.</summary>
    private sealed record Change(Guid Class, string Manufacturer, bool IsNew, DateTimeOffset? SupportUntil);
}
