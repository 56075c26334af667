using System.Data.Common;

namespace IotAttest.Service.Storage.Sharing;

/// <summary>What other verifiers changed in a shared store since this one looked last.</summary>
/// <param name="Connection">The writer's connection.</param>
/// <param name="Transaction">The running transaction; nothing is changed in it yet.</param>
/// <param name="Since">Number of the last batch that is known here: rows of later ones are news.</param>
/// <param name="Kinds">Kinds of state that changed since then, as the triggers of the store name them.</param>
internal sealed record StoreChanges(DbConnection Connection, DbTransaction Transaction, long Since, IReadOnlySet<string> Kinds);
