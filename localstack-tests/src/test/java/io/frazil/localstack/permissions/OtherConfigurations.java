package io.frazil.localstack.permissions;

import static java.util.Map.entry;

import java.util.Map;

/// What the template allows where it is deployed with other parameters than here: no call of these
/// tests can need it.
final class OtherConfigurations {
  private static final String REST = " of S3 Tables' REST catalog, which LocalStack has not";

  private static final String KEYS = "for buckets with keys of their own: S3 asks for it by itself";

  /// Why each of it is allowed, by statement, action and resource as patterns. What requests to S3
  /// Tables need is from "Accessing tables using the Amazon S3 Tables Iceberg REST endpoint".
  static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          entry(
              "ReadCatalogSecret: secretsmanager:GetSecretValue on ${CatalogSecret}",
              "for a REST catalog, whose secret CatalogSettingsTest reads"),
          entry(
              "DecryptCatalogSecret: kms:Decrypt on ${CatalogSecretKey}",
              "for such a secret with a key of its own: Secrets Manager asks for it by itself"),
          entry("Decrypt: kms:Decrypt on each of ${WarehouseKeys}", KEYS),
          entry("Encrypt: kms:GenerateDataKey on each of ${WarehouseKeys}", KEYS),
          entry("ReadTableBucket: s3tables:GetTableBucket on *", "getConfig" + REST),
          entry(
              "ReadTableBucket: s3tables:GetNamespace on *",
              "loadNamespaceMetadata and namespaceExists" + REST),
          entry("ReadTableBucket: s3tables:ListNamespaces on *", "listNamespaces" + REST),
          entry("ReadTableBucket: s3tables:ListTables on *", "listTables" + REST),
          entry("ReadTableBucket: s3tables:GetTableData on */table/*", "a worker reads rows"),
          entry("ReadItsTables: s3tables:GetTable on */table/*", "tableExists" + REST),
          entry("ReadItsTables: s3tables:GetTableData on */table/*", "loadTable" + REST),
          entry(
              "ReadItsTables: s3tables:GetTableMetadataLocation on */table/*", "loadTable" + REST),
          entry("WriteTableBucket: s3tables:CreateNamespace on *", "createNamespace" + REST),
          entry("WriteTableBucket: s3tables:CreateTable on *", "createTable" + REST),
          entry("WriteTableBucket: s3tables:DeleteNamespace on *", "dropNamespace" + REST),
          entry("WriteItsTables: s3tables:CreateTable on */table/*", "createTable" + REST),
          entry("WriteItsTables: s3tables:DeleteTable on */table/*", "dropTable" + REST),
          entry(
              "WriteItsTables: s3tables:PutTableData on */table/*",
              "createTable and updateTable" + REST),
          entry(
              "WriteItsTables: s3tables:UpdateTableMetadataLocation on */table/*",
              "updateTable" + REST));

  private OtherConfigurations() {}
}
