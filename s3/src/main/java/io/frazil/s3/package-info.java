/// Objects on S3, and on stores that speak its protocol. The door is [S3ObjectStore].
///
/// Requests are signed and sent by the AWS SDK's own lower layers (credentials, signer, HTTP
/// client): its S3 client would cost a fresh worker more CPU than a small query does. What a
/// request means, when it is tried again and what its failure is called is decided here.
///
/// Must not enter: SQL, plans, Iceberg.
@NullMarked
package io.frazil.s3;

import org.jspecify.annotations.NullMarked;
